// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface SetValueResponse {}

export interface SetValueResponse__Output {}
