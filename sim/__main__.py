"""`python -m sim` is `yanlian`."""

from sim.cli import main

if __name__ == "__main__":
    main()
