"""Forms of the law: which report has been sent, and whether people's data are exposed."""

from bot.domain.form import Form, Step

# The most sensitive kind first: of several the first is chosen.
DATA_KINDS = ("biometric", "finance", "health", "location", "identity", "contact")
HOW_MANY = ("tens", "hundreds", "thousands", "unknown")
EXPOSED = ("exposed", ("yes",))

PERSONAL = Form(  # dữ liệu cá nhân: starts the clocks of the data-protection law
    "personal",
    (
        Step("exposed", options=("yes", "no", "unknown")),
        Step("data_kind", options=DATA_KINDS, only_if=EXPOSED),
        Step("how_many", options=HOW_MANY, only_if=EXPOSED),
    ),
    reviewed=False,
)
SENT_REPORT = Form(  # which report was sent to whom the law names, and under which number
    "sent_report",
    (
        Step("which", listed="reports"),
        Step("paper", options=("not_numbered", "by_telephone"), free=True, max_length=60),
    ),
    reviewed=False,
)
LAW_FORMS = (PERSONAL, SENT_REPORT)
