"""Okta components: profile attributes, groups and their rules, applications, sign-on, enrolment, sessions."""
