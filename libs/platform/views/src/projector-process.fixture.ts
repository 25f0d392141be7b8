import pg from 'pg';
import { countyReturns } from './county-returns.fixture.js';
import { Projector } from './projector.js';

// A projector of its own process, so that a spec can kill it.
const pool = new pg.Pool({ connectionString: process.argv[2] });
const projector = await Projector.of(pool, countyReturns, { batchEvents: 3 });
projector.start();
