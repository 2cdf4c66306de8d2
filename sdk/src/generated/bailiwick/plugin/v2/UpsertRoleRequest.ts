// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface UpsertRoleRequest {
  tag?: string;
  description?: string;
}

export interface UpsertRoleRequest__Output {
  tag: string;
  description: string;
}
