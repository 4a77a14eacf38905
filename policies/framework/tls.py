"""Named security policies whose floor is TLS 1.2 with forward secrecy, as of 2026-11-24.

A name that is not here is refused, a newer one too, until somebody has read what it offers.
"""

LOAD_BALANCER = (
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
)
"""Those without CBC suites; `ELBSecurityPolicy-TLS13-1-2-2021-06` still offers them."""
LOAD_BALANCER_FLOOR = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
"""What a listener is corrected to: the floor, which clients of TLS 1.2 still reach."""
CLOUDFRONT = ("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025")
OPENSEARCH = ("Policy-Min-TLS-1-2-PFS-2023-10",)
"""The other, `Policy-Min-TLS-1-2-2019-07`, offers suites without forward secrecy."""
TRANSFER = (
    "TransferSecurityPolicy-FIPS-2025-03",
    "TransferSecurityPolicy-2025-03",
    "TransferSecurityPolicy-FIPS-2024-05",
    "TransferSecurityPolicy-FIPS-2024-01",
    "TransferSecurityPolicy-2024-01",
    "TransferSecurityPolicy-SshAuditCompliant-2025-02",
)
API_GATEWAY = (
    "TLS_1_2",
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
)
"""Of REST APIs; the others of 2025 are not read yet."""
HTTP_API = ("TLS_1_2",)
