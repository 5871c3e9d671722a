"""The filters of the customers list (decision 12): one under every column; group, tag, account, agent."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.tables.filters import (
    AgeFilter,
    ChoiceFilter,
    DayFilter,
    IdsFilter,
    NumberFilter,
    QuickSearch,
    RelatedIdsFilter,
    TextFilter,
    YesNoFilter,
)
from backoffice.tables.filtersets import SectionFilterSet

from ..models import Membership, Tagging


class DeletedFilter(ChoiceFilter):
    """Deleted customers instead of the others, for who may delete (decision 19). Nobody else's list knows of them."""

    whole = True
    leads = True  # the indexes of the list hold only those that are not deleted

    def __init__(self):
        super().__init__(_("Deleted"), choices=[("only", _("Deleted only"))], conditions={})

    def filter(self, rows, value):
        return rows.filter(deleted=bool(value) and self.parent.sees_all)

    def drawn_for(self, staff):
        return staff.has_perm("customers.delete_customer")


class AccountFilter(ChoiceFilter):
    """With an account, or a guest."""

    whole = True

    def __init__(self):
        super().__init__(
            _("Account"),
            choices=[("with", _("Customer with Account")), ("without", _("Customer without Account"))],
            conditions={"with": Q(guest=False), "without": Q(guest=True)},
        )


class CustomerFilters(SectionFilterSet):
    """What the customers list can be narrowed by."""

    q = QuickSearch(_("Customer"), placeholder=_("Name, e-mail, company, phone or ID"))
    id = NumberFilter(_("ID"))
    title = IdsFilter(_("Gender"), table="titles", field="title", none_label=_("Unknown"))
    last_name = TextFilter(_("Last name"), key="last_name_key")
    first_name = TextFilter(_("First name"), key="first_name_key")
    email = TextFilter(_("E-mail"), key="email_key")
    company = TextFilter(_("Company"), key="company_key")
    age_min = AgeFilter(_("Age from"), at_most=False, hint=_("From"))
    age_max = AgeFilter(_("Age to"), at_most=True, hint=_("To"))
    active = YesNoFilter(_("Enabled"), field="active")
    newsletter = YesNoFilter(_("Newsletter"), field="newsletter")
    partner_offers = YesNoFilter(_("Opt-in"), field="partner_offers")
    registered_after = DayFilter(_("Registration from"), field="registered_at", until=False, hint=_("From"))
    registered_before = DayFilter(_("Registration to"), field="registered_at", until=True, hint=_("To"))
    last_visit_after = DayFilter(
        _("Last visit from"), field="figures__last_visit_at", until=False, hint=_("From")
    )
    last_visit_before = DayFilter(
        _("Last visit to"), field="figures__last_visit_at", until=True, hint=_("To")
    )
    account = AccountFilter()
    group = RelatedIdsFilter(
        _("Customer Groups"), table="groups", pairs=Membership, owner="customer", target="group"
    )
    tag = RelatedIdsFilter(
        _("Tag"), table="tags", pairs=Tagging, owner="customer", target="tag", none_label=_("No tag")
    )
    agent = IdsFilter(_("Sales agent"), table="agents", field="sales_agent", none_label=_("No agent"))
    deleted = DeletedFilter()

    everywhere = ("q", "account", "group", "tag", "agent", "deleted")

    @property
    def sees_all(self) -> bool:
        return (
            self.data.get("deleted") == "only"
            and self.staff is not None
            and self.staff.has_perm("customers.delete_customer")
        )
