// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface ListUsersRequest {
  tenant?: string;
  limit?: number;
  cursor?: string;
}

export interface ListUsersRequest__Output {
  tenant: string;
  limit: number;
  cursor: string;
}
