import type { Row } from "../../../store/database";
import type { OrganizationData } from "../../../store/objects";

export const organizationView = ({ id, data, createdAt }: Row<OrganizationData>) => ({
  id,
  name: data.name,
  createdAt,
  allowProfilesOutsideOrganization: data.allowsProfilesOutside ?? false,
  usersCount: 0,
  seeded: false,
  enforcesVerifiedDomains: true,
  domains: data.domains.map(({ domain, state }, i) => ({
    id: `org_domain_${id.slice(4)}${i}`,
    domain,
    state,
    subdomain: null,
    verificationContent: null,
    verificationStrategy: "manual",
    domainCaptureEnabled: false,
    domainCaptureEnabledBy: null,
  })),
  setupLinks: [],
  stripeCustomerId: data.stripeCustomerId ?? null,
  stripeEntitlements: [],
  externalId: data.externalId,
  metadata: Object.entries(data.metadata).map(([key, value]) => ({ key, value })),
});
