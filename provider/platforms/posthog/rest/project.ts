import { Refused } from "../../../errors";
import type { Live, Store } from "../../platform";
import { own, type Codecs } from "../../wire/codec";
import { present } from "../../wire/failures";
import { byHand } from "../capabilities";
import type { ApiStore, Clients } from "../clients";
import { goesBy, type OrganizationWire } from "./organizations";

/** A Project is PostHog's organization: it is taken as it is. */
const codecs: Codecs<"Project"> = { name: "name", includeProduction: own };

/** It keeps the word by which it was declared, while it still goes by it. */
const live = (organization: OrganizationWire, called: string | undefined): Live<"Project"> => ({
  id: organization.id,
  state: {
    name: called !== undefined && goesBy(organization, called) ? called : organization.name,
    projectId: organization.id,
    stagingEnvironmentId: null,
    productionEnvironmentId: null,
  },
});

function store({ organizations }: Clients): Store<"Project"> {
  const find = async (called: string) => {
    const organization = await organizations.find(called);
    return organization && live(organization, called);
  };
  const read = async (id: string, called: string | undefined) => {
    const organization = (await organizations.now()).find((one) => one.id === id);
    return organization && live(organization, called);
  };
  return {
    find: ({ name }) => find(name),
    claim: ({ name }) => find(name),
    async create({ name }) {
      throw new Refused(`the key reaches no organization "${name}"`, byHand.createOrganization);
    },
    read: (id, { name }) => read(id, name),
    async update(id, { inputs: { name } }) {
      const organization = present(await read(id, name), `organization ${id}`);
      if (organization.state.name !== name)
        throw new Refused(
          `organization "${organization.state.name}" does not go by "${name}"`,
          byHand.renameOrganization,
        );
      return organization;
    },
    async delete(id, { name }) {
      const organization = await read(id, name);
      return (
        organization &&
        `Organization "${organization.state.name}" (${id}) stays, with all that is in it; golive no longer manages it.`
      );
    },
    list: async ({ project }) =>
      (await organizations.now())
        .filter(({ id }) => project === undefined || id === project)
        .map((organization) => live(organization, undefined)),
  };
}
export const projects: ApiStore<"Project"> = { codecs, store };
