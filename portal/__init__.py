"""The portal: people see their plan, write their own goals, find help, and lend access to those who support them."""
