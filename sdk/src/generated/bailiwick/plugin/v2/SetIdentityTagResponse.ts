// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface SetIdentityTagResponse {}

export interface SetIdentityTagResponse__Output {}
