"""What `make drill` does: the long tests, which need a machine of their own or more time than a change may take."""
