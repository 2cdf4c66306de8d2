// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface InitializeResponse {}

export interface InitializeResponse__Output {}
