"""What Evenhand promises of saved work, tried with real servers, kills, crashes and repeated requests."""
