let query = '';

/** The list as it was left, so that the way up from a container leads back to the same rows. */
export function rememberList(view: string): void {
  query = view;
}

export const lastListAddress = (): string => `/containers${query}`;
