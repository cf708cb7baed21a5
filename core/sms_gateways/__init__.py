"""Ways to send a short message, one file for each. The setting `sms_gateway` names the one in use; without one only the
office gives codes, on paper."""
