"""What a command or a page does, without saying it anywhere: read, run, judge, check, write."""
