// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface UpsertRoleResponse {}

export interface UpsertRoleResponse__Output {}
