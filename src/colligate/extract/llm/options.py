"""What a user decides about a language model: which one, where, and how much it may cost."""

from __future__ import annotations

import ipaddress
import math
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from colligate.errors import SettingsError

_COMPLETIONS = "/chat/completions"
_MODEL = re.compile(r"[\w.:/@+-]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where requests go. ``key`` is sent as a bearer token and shown nowhere, not even in a repr."""

    scheme: str
    host: str
    port: int
    path: str
    key: str = field(default="", repr=False)

    @property
    def here(self) -> bool:
        """Whether it is this machine. Names are not looked up: what is not known to be here is not."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def secret(self) -> bool:
        """Whether nobody on the way can read what is sent."""
        return self.here or self.scheme == "https"

    @property
    def shown(self) -> str:
        """For messages: without the key."""
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{self.host}{'' if self.port == usual else f':{self.port}'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most that a run may use: ``tokens`` in and out together, 0 for no bound, and ``money``, in the
    currency of the prices, None for no bound. Prices are per million tokens; without them money is not
    reckoned."""

    tokens: int = 1_000_000
    money: float | None = None
    price_in: float | None = None
    price_out: float | None = None

    def __post_init__(self) -> None:
        for name in ("tokens", "money", "price_in", "price_out"):
            value = getattr(self, name)
            if value is not None and not (value >= 0 and math.isfinite(value)):
                raise SettingsError(f"The budget's {name} must be 0 or more, not {value}.")
        if (self.price_in is None) != (self.price_out is None):
            raise SettingsError(
                "Of the two prices only one is given.", hint="Give both: of tokens in and out."
            )
        if self.money is not None and not self.priced:
            raise SettingsError(
                "A budget in money needs prices.",
                hint="Give --llm-price-in and --llm-price-out, per million tokens, or a budget in tokens.",
            )

    @property
    def priced(self) -> bool:
        return self.price_in is not None and self.price_out is not None

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """In the prices' currency; 0 without prices."""
        return (tokens_in * (self.price_in or 0.0) + tokens_out * (self.price_out or 0.0)) / 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmOptions:
    """``timeout`` in seconds bounds one request, ``retries`` how often it is made again after a failure
    that may pass, ``longest_wait`` in seconds how long an endpoint may ask us to wait. ``chunk`` is the
    most characters of the text in one request, ``reply_tokens`` the longest reply, ``reply_bytes`` what is
    read of a response at all. Raises SettingsError for a value that cannot be.
    """

    endpoint: Endpoint
    model: str
    budget: Budget = field(default_factory=Budget)
    timeout: float = 120.0
    retries: int = 4
    longest_wait: float = 60.0
    chunk: int = 4000
    reply_tokens: int = 4096
    reply_bytes: int = 2 << 20

    def __post_init__(self) -> None:
        if not _MODEL.fullmatch(self.model):
            raise SettingsError(
                f"{self.model!r} is no name of a language model.",
                hint="A name has letters, digits and . : / @ + - _ and no spaces.",
            )
        if not (self.timeout > 0 and math.isfinite(self.timeout)):
            raise SettingsError(f"The timeout must be more than 0 seconds, not {self.timeout}.")
        if self.retries < 0:
            raise SettingsError(f"The number of retries must be 0 or more, not {self.retries}.")

    @property
    def method(self) -> str:
        """The basis of every claim that it proposes."""
        return f"llm:{self.model}"


def endpoint_of(url: str, key: str = "") -> Endpoint:
    """The endpoint of a base URL ("http://localhost:8080/v1") or of the full one that ends in
    /chat/completions. Raises SettingsError; its message never holds the key.
    """
    hint = "Give the base URL of an OpenAI-compatible service, such as http://localhost:8080/v1."
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SettingsError("The URL of the language model cannot be read.", hint=hint) from error
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        # Not repeated in the message: what stands there may be a secret.
        raise SettingsError(
            "The URL of the language model may hold no user, password, query or fragment.",
            hint="URLs are shown on screen. A key goes into the environment variable COLLIGATE_LLM_KEY.",
        )
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[\w.:-]+", host, re.ASCII):
        raise SettingsError("The URL of the language model needs http:// or https:// and a host.", hint=hint)
    if not re.fullmatch(r"[!-~]*", parts.path):
        raise SettingsError("The path of the language model's URL has characters that no URL has.", hint=hint)
    key = key.strip()
    if not re.fullmatch(r"[!-~]*", key):
        raise SettingsError(
            "COLLIGATE_LLM_KEY holds what no key does: white space or letters beyond ASCII.",
            hint="Set it again; the value is not shown here.",
        )
    path = parts.path.rstrip("/")
    return Endpoint(
        parts.scheme,
        f"[{host}]" if ":" in host else host,
        port or {"http": 80, "https": 443}[parts.scheme],
        path if path.endswith(_COMPLETIONS) else path + _COMPLETIONS,
        key,
    )
