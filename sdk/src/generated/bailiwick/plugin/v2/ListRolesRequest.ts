// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface ListRolesRequest {}

export interface ListRolesRequest__Output {}
