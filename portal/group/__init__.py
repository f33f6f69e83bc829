"""Group supervision: a team looks at one client's strengths and one goal; its ideas become options for the client."""
