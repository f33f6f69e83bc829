"""Copies of a case that leave the portal as data: HL7 FHIR R4, for the client or for a receiver with a live release."""
