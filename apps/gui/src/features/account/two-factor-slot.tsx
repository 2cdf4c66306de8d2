/** Where the second factor has its card, between the password and the sessions. */
export function TwoFactorSlot() {
  return null;
}
