// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface DeleteValueResponse {}

export interface DeleteValueResponse__Output {}
