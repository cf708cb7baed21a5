"""The settings of an office: from the environment (`LINGRID_...`) or from `settings.toml` in the data folder.

`docs/settings.md` is made from this class.
"""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from core.kernel import postgresql
from core.kernel.fields import message
from core.kernel.i18n import N_, _
from core.kernel.problems import Unavailable

ROOT = Path(__file__).parents[2]


class Settings(BaseSettings):
    """What an office may choose. Every name is also an environment variable: `port` is `LINGRID_PORT`."""

    model_config = SettingsConfigDict(env_prefix="LINGRID_", env_ignore_empty=True, extra="ignore")

    data: Path = Field(
        ROOT / "data" / "local", description=N_("Folder for database, keys, files and backups")
    )
    database_url: str = Field(
        "",
        description=N_(
            "Database, such as `postgresql://user:password@host/lingrid`; empty: the SQLite file `office.db` in the "
            "data folder"
        ),
    )
    replica_url: str = Field(
        "",
        description=N_(
            "A streaming replica of the PostgreSQL database, for what people look up; empty: none"
        ),
    )
    keys: SecretStr = Field(
        SecretStr(""),
        description=N_("Encryption keys `k1:base64,...`; empty: the file `keys.txt` in the data folder"),
    )
    address: str = Field(
        "localhost", description=N_("Address to listen on; `0.0.0.0` lets phones and other PCs in")
    )
    port: int = Field(8501, ge=1, le=65535, description=N_("Port of the web server"))
    public_url: str = Field(
        "", description=N_("How browsers reach the office, such as `https://office.example`")
    )
    ssl_cert: Path | None = Field(None, description=N_("Certificate file; with it the office speaks https"))
    ssl_key: Path | None = Field(None, description=N_("Private key of the certificate"))
    demo: Literal["community", "none"] = Field(
        "community", description=N_("What an empty office starts with")
    )
    language: Literal["zh_CN", "en"] = Field("zh_CN", description=N_("Language before anybody has signed in"))
    idle_minutes: int = Field(
        30, ge=1, le=1440, description=N_("Sign out after so many minutes without a click")
    )
    session_hours: int = Field(12, ge=1, le=168, description=N_("Sign out after so many hours in any case"))
    shift_hours: int = Field(
        10,
        ge=1,
        le=16,
        description=N_("Hours after which a shift of a worker in the field ends at the latest"),
    )
    claim_days: int = Field(
        3, ge=1, le=60, description=N_("Days within which a self-report of a resident is to be verified")
    )
    claim_limit: int = Field(
        10, ge=1, le=100, description=N_("Self-reports of one door that may wait at the same time")
    )
    lock_after: int = Field(5, ge=3, le=20, description=N_("Wrong passwords in a row that lock an account"))
    lock_minutes: int = Field(15, ge=1, le=1440, description=N_("How long a locked account stays locked"))
    password_length: int = Field(8, ge=8, le=64, description=N_("Shortest password"))
    password_days: int = Field(
        90, ge=0, le=3650, description=N_("A password must be changed after; 0: never")
    )
    optional_fields: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description=N_("Optional standard fields to switch on, such as `person.education,person.occupation`"),
    )
    grid_tolerance: float = Field(
        0.5, ge=0, le=10, description=N_("Metres by which boundaries of grids may overlap or leave a gap")
    )
    grid_snap: float = Field(
        3.0,
        ge=0,
        le=50,
        description=N_("Metres within which a drawn corner is laid on that of a neighbouring grid"),
    )
    weight_household: float = Field(
        1.0, ge=0, le=100, description=N_("What a household weighs in the load of a grid")
    )
    weight_person: float = Field(0.3, ge=0, le=100, description=N_("What a resident weighs"))
    weight_organisation: float = Field(2.0, ge=0, le=100, description=N_("What an organisation weighs"))
    weight_event: float = Field(1.0, ge=0, le=100, description=N_("What a past event weighs"))
    map_cache_mb: int = Field(
        2000,
        ge=0,
        le=1_000_000,
        description=N_("Disk space for pictures of online base maps, in MB; the oldest go"),
    )
    sms_gateway: str = Field(
        "",
        description=N_(
            "How codes for the own page are sent to phones: a file of `core/sms_gateways` such as `http`; "
            "empty: on paper only"
        ),
    )
    sms_url: str = Field("", description=N_("Gateway `http`: the address that takes a message"))
    sms_body: str = Field(
        '{"phone": "{phone}", "text": "{text}"}',
        description=N_("Gateway `http`: the body of the request, with {phone} and {text} in it"),
    )
    sms_headers: SecretStr = Field(
        SecretStr(""), description=N_("Gateway `http`: more headers, one `Name: value` a line, such as a key")
    )
    oidc_metadata_url: str = Field("", description=N_("Sign-in by an OpenID provider: its metadata address"))
    oidc_client_id: str = Field("", description=N_("OpenID client number"))
    oidc_client_secret: SecretStr = Field(SecretStr(""), description=N_("OpenID client secret"))

    @field_validator("optional_fields", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{(self.data / 'office.db').as_posix()}"

    @property
    def is_postgresql(self) -> bool:
        """Whether the records stand in PostgreSQL."""
        return postgresql.speaks(self.url)

    @property
    def origin(self) -> str:
        """What a browser on this machine types to get here."""
        return (
            self.public_url.rstrip("/") or f"{'https' if self.ssl_cert else 'http'}://localhost:{self.port}"
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file."""
        folder = Path(os.environ.get("LINGRID_DATA") or ROOT / "data" / "local")
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, folder / "settings.toml")


@cache
def settings() -> Settings:
    """The settings of this process, read once. Raises Unavailable: which setting cannot be right, and why."""
    try:
        return Settings()
    except tomllib.TOMLDecodeError as trouble:
        raise Unavailable(_("settings.toml cannot be read: {reason}").format(reason=trouble)) from trouble
    except ValidationError as trouble:
        wrong = " ".join(f"LINGRID_{str(e['loc'][0]).upper()}: {message(e)}" for e in trouble.errors())
        raise Unavailable(_("A setting cannot be right. {wrong}").format(wrong=wrong)) from trouble
