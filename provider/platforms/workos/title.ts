/** As people call it. */
export const title = "WorkOS";
