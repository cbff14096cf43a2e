/** What a report may load: nothing. Its styles are in it, and it runs no script, whatever a name in it says. */
export const CONTENT_POLICY: string =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
