/** Whether browsers make passkeys for a host name: never for a bare address. */
export const isPasskeySite = (hostname: string): boolean =>
  hostname !== '' && !/^\d{1,3}(\.\d{1,3}){3}$/.test(hostname) && !hostname.startsWith('[');
