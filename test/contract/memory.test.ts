// The platform in memory of the lifecycle's tests passes the contract too: what those tests find holds for real ones.
import { Ambiguous } from "@golive/provider";
import { MemoryPlatform } from "../lifecycle/memory-platform";
import { contract } from "./suite";

contract({
  name: "the platform in memory",
  page: 10,
  without: {},
  lacks: {
    "every kind": {
      "another account sees nothing of it, and changes nothing": "it is one account's",
      "create, and the answer is slow: it is found, once": "nothing in memory is slow",
    },
  },
  async open() {
    const platform = new MemoryPlatform();
    let flags = 0;
    const unknown = new Ambiguous("no answer", { method: "POST", url: "memory" });
    return {
      platform,
      around: {
        project: "p1",
        otherProject: "p2",
        environment: "e1",
        // of a rule, which is named by what it joins, each is another one
        get flag() {
          return `f${++flags}`;
        },
        people: ["user_1", "user_2"],
      },
      strike(kind, how) {
        if (how === "lost") platform.memory[kind].faults.push({ verb: "create", when: "after", error: unknown });
      },
      close: async () => {},
    };
  },
});
