#!/usr/bin/env node
// npm links a command when it installs, which in a checkout is before anything is built.
import '../dist/cli.js';
