// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface SetIdentityTagRequest {
  username?: string;
  tenant?: string;
  roleTag?: string;
}

export interface SetIdentityTagRequest__Output {
  username: string;
  tenant: string;
  roleTag: string;
}
