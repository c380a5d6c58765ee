/** As people call it. */
export const title = "PostHog";
