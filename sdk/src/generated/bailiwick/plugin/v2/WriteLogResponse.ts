// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface WriteLogResponse {}

export interface WriteLogResponse__Output {}
