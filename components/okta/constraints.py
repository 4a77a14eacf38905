"""The constraint strings of an app sign-on rule.

The provider parses them into a fixed structure and drops what it does not know without a word, so a
misspelt key would be a rule without that constraint: they are made here and nowhere else.
"""

import json


def phishing_resistant(*, hardware_protected: bool, user_verification: bool = True) -> str:
    """A possession factor that resists phishing: security key, passkey on the device, FastPass, smart card.

    `hardware_protected` asks for a key in hardware; `user_verification` for PIN or biometrics, so that one
    gesture gives two factors.
    """
    possession: dict[str, str | bool] = {
        "required": True,
        "phishingResistant": "REQUIRED",
        "userPresence": "REQUIRED",
        "deviceBound": "REQUIRED",
        "userVerification": "REQUIRED" if user_verification else "OPTIONAL",
    }
    if hardware_protected:
        possession["hardwareProtection"] = "REQUIRED"
    return json.dumps({"possession": possession}, sort_keys=True)


def device_bound() -> str:
    """A possession factor bound to a device: not SMS, voice or e-mail; push with number matching counts."""
    possession: dict[str, str | bool] = {
        "required": True,
        "deviceBound": "REQUIRED",
        "userPresence": "REQUIRED",
    }
    return json.dumps({"possession": possession}, sort_keys=True)


def text_code() -> str:
    """A code by text or voice, and nothing else; for the temporary fallback group alone."""
    methods = [{"key": "phone_number", "method": method} for method in ("sms", "voice")]
    return json.dumps({"possession": {"required": True, "authenticationMethods": methods}}, sort_keys=True)
