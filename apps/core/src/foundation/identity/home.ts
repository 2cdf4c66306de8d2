/** Where an account lives. */
export type Home = { readonly kind: 'system' } | { readonly kind: 'tenant'; readonly slug: string };
