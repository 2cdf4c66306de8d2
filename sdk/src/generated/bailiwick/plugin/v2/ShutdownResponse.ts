// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface ShutdownResponse {}

export interface ShutdownResponse__Output {}
