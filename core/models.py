"""Every table of the product, known as soon as this module is: for migrations, the demo and tests."""

import core.accounts.models
import core.attachments.models
import core.basemap.models
import core.browsing.models
import core.claims.models
import core.completeness.models
import core.components.models
import core.designs.models
import core.entries.models
import core.gridding.queries.keeping
import core.kernel.audit
import core.kernel.database
import core.kernel.freshness
import core.kernel.jobs.models
import core.kernel.limits
import core.kernel.search
import core.kernel.stamps
import core.kernel.undo
import core.labels.models
import core.organisations.models
import core.people.counts
import core.people.duplicates
import core.people.models
import core.places.models
import core.proposals.models
import core.rebuilding.models
import core.retention.models
import core.rights.models
import core.selfservice.sight
import core.staff.models
import core.upkeep.queries.own_codes
import core.visits.models  # noqa: F401
from core.registers import shipped

shipped()  # each register brings its own table
