// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface User {
  id?: string;
  username?: string;
  displayName?: string;
  tenant?: string;
  email?: string;
  roleTag?: string;
  isActive?: boolean;
}

export interface User__Output {
  id: string;
  username: string;
  displayName: string;
  tenant: string;
  email: string;
  roleTag: string;
  isActive: boolean;
}
