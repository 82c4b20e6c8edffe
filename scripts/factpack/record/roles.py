"""Roles: what plays which role in a record or part, told by the schema and not by names of fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factpack.schema.model import Shape, kept
from factpack.source.marks import Record


def by_role(shape: Shape, item: Record) -> dict[str, Any]:
    """Return the values of a record or part by the roles of their fields."""
    roles = _roles(shape)
    return {roles[field]: value for field, value in item.items() if field in roles and value is not None}


@kept
def _roles(shape: Shape) -> Mapping[str, str]:
    """Return the role that each field plays which plays one."""
    return {field: role for role, field in shape.roles.items()}
