"""A case as HL7 FHIR R4 (4.0.1): plan, goals, ratings, and referrals with the statuses of the HL7 Gravity SDOH guide.

No profile is claimed: the guide's own code lists for needs are not ours to fill. Texts stay as people wrote them.
"""
