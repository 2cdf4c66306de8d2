// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface SendNoticeResponse {}

export interface SendNoticeResponse__Output {}
