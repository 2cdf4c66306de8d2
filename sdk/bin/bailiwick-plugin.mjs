#!/usr/bin/env node
import { main } from '../dist/cli.mjs';

process.exit(await main(process.argv.slice(2)));
