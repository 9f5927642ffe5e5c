"""The recogniser of personal data under the name of the room whose door uses it; it lies with the plan, which refuses it too."""

from __future__ import annotations

from samverkan.plan.personal import personal_data as personal_data
from samverkan.plan.personal import without_identity as without_identity
from samverkan.plan.personal import without_personal_data as without_personal_data
