-- The tables of an archive. Generated from the migrations in schema/versions by
-- python -m archive_app.store.schema_dump; do not edit.

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE collection (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	parent_id INTEGER,
	kind VARCHAR NOT NULL,
	title TEXT NOT NULL,
	description TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT ck_collection_kind CHECK ("kind" IN ('repository', 'project', 'series', 'collection')),
	CONSTRAINT ck_collection_not_in_itself CHECK (parent_id <> id),
	CONSTRAINT fk_collection_parent_id_collection FOREIGN KEY(parent_id) REFERENCES collection (id),
	CONSTRAINT uq_collection_uuid UNIQUE (uuid)
);

CREATE TABLE consent (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	interview_id INTEGER NOT NULL,
	person_id INTEGER,
	form TEXT NOT NULL,
	signed_on VARCHAR,
	uses TEXT NOT NULL,
	withdrawn_on VARCHAR,
	risk TEXT NOT NULL,
	CONSTRAINT fk_consent_interview_id_interview FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT fk_consent_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT uq_consent_uuid UNIQUE (uuid)
);

CREATE TABLE contribution (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	interview_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	role VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT ck_contribution_role CHECK ("role" IN ('ive', 'ivr', 'trc', 'trl', 'vdg', 'oth')),
	CONSTRAINT fk_contribution_interview_id_interview FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT fk_contribution_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE TABLE dossier (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	title TEXT NOT NULL,
	description TEXT NOT NULL,
	author TEXT NOT NULL,
	settings TEXT NOT NULL,
	CONSTRAINT uq_dossier_uuid UNIQUE (uuid)
);

CREATE TABLE dossier_export (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	dossier_id INTEGER NOT NULL,
	made_at VARCHAR,
	who TEXT NOT NULL,
	audience VARCHAR NOT NULL,
	"on" VARCHAR NOT NULL,
	layout VARCHAR NOT NULL,
	file_name TEXT NOT NULL,
	pages INTEGER NOT NULL,
	sha256 VARCHAR NOT NULL,
	proof TEXT NOT NULL,
	CONSTRAINT ck_dossier_export_audience CHECK ("audience" IN ('public', 'reading-room', 'staff')),
	CONSTRAINT fk_dossier_export_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE,
	CONSTRAINT uq_dossier_export_uuid UNIQUE (uuid)
);

CREATE TABLE dossier_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	dossier_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	level INTEGER NOT NULL,
	text TEXT NOT NULL,
	interview_id INTEGER,
	transcript_id INTEGER,
	start_turn INTEGER,
	start INTEGER,
	end_turn INTEGER,
	"end" INTEGER,
	settings TEXT NOT NULL,
	body TEXT NOT NULL,
	index_point_id INTEGER,
	picture TEXT NOT NULL,
	seen VARCHAR NOT NULL,
	CONSTRAINT ck_dossier_item_kind CHECK ("kind" IN ('interview', 'passage', 'heading', 'text', 'picture', 'point')),
	CONSTRAINT ck_dossier_item_whole_span CHECK ((start_turn IS NULL) = (start IS NULL) AND (start IS NULL) = (end_turn IS NULL) AND (end_turn IS NULL) = ("end" IS NULL)),
	CONSTRAINT ck_dossier_item_level CHECK (level BETWEEN 1 AND 3),
	CONSTRAINT fk_dossier_item_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE,
	CONSTRAINT fk_dossier_item_interview_id_interview FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT fk_dossier_item_transcript_id_transcript FOREIGN KEY(transcript_id) REFERENCES transcript (id) ON DELETE CASCADE,
	CONSTRAINT fk_dossier_item_index_point_id_index_point FOREIGN KEY(index_point_id) REFERENCES index_point (id) ON DELETE SET NULL,
	CONSTRAINT uq_dossier_item_uuid UNIQUE (uuid)
);

CREATE TABLE footnote (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	turn_id INTEGER NOT NULL,
	"offset" INTEGER NOT NULL,
	text TEXT NOT NULL,
	link TEXT NOT NULL,
	CONSTRAINT ck_footnote_offset CHECK ("offset" >= 0),
	CONSTRAINT fk_footnote_turn_id_turn FOREIGN KEY(turn_id) REFERENCES turn (id) ON DELETE CASCADE,
	CONSTRAINT uq_footnote_uuid UNIQUE (uuid)
);

CREATE TABLE index_point (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	interview_id INTEGER NOT NULL,
	start_ms INTEGER NOT NULL,
	end_ms INTEGER,
	title TEXT NOT NULL,
	synopsis TEXT NOT NULL,
	partial_transcript TEXT NOT NULL,
	keywords TEXT NOT NULL,
	subjects TEXT NOT NULL,
	place_id INTEGER,
	gps TEXT NOT NULL,
	links TEXT NOT NULL,
	alt TEXT NOT NULL,
	CONSTRAINT ck_index_point_times CHECK (start_ms <= end_ms),
	CONSTRAINT ck_index_point_start_ms CHECK (start_ms >= 0),
	CONSTRAINT fk_index_point_interview_id_interview FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT fk_index_point_place_id_place FOREIGN KEY(place_id) REFERENCES place (id) ON DELETE SET NULL,
	CONSTRAINT uq_index_point_uuid UNIQUE (uuid)
);

CREATE TABLE interview (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	accession VARCHAR NOT NULL,
	collection_id INTEGER,
	titles TEXT NOT NULL,
	abstract TEXT NOT NULL,
	date VARCHAR NOT NULL,
	place_id INTEGER,
	languages TEXT NOT NULL,
	status VARCHAR NOT NULL,
	circumstances TEXT NOT NULL,
	subjects TEXT NOT NULL,
	keywords TEXT NOT NULL,
	rights_holder TEXT NOT NULL,
	licence TEXT NOT NULL,
	usage_note TEXT NOT NULL,
	funder TEXT NOT NULL,
	identifiers TEXT NOT NULL,
	extra TEXT NOT NULL,
	CONSTRAINT ck_interview_accession_given CHECK (accession <> ''),
	CONSTRAINT ck_interview_status CHECK ("status" IN ('planned', 'recorded', 'transcribed', 'audited', 'narrator-reviewed', 'indexed', 'released')),
	CONSTRAINT fk_interview_collection_id_collection FOREIGN KEY(collection_id) REFERENCES collection (id) ON DELETE SET NULL,
	CONSTRAINT fk_interview_place_id_place FOREIGN KEY(place_id) REFERENCES place (id) ON DELETE SET NULL,
	CONSTRAINT uq_interview_accession UNIQUE (accession),
	CONSTRAINT uq_interview_uuid UNIQUE (uuid)
);

CREATE TABLE journal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	operation_id INTEGER NOT NULL,
	table_name VARCHAR NOT NULL,
	row_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	"before" TEXT,
	is_purged BOOLEAN NOT NULL,
	CONSTRAINT ck_journal_kind CHECK ("kind" IN ('insert', 'update', 'delete')),
	CONSTRAINT fk_journal_operation_id_operation FOREIGN KEY(operation_id) REFERENCES operation (id)
);

CREATE TABLE note (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	"table" VARCHAR NOT NULL,
	row_id INTEGER NOT NULL,
	text TEXT NOT NULL,
	who TEXT NOT NULL,
	made_at VARCHAR,
	CONSTRAINT uq_note_uuid UNIQUE (uuid)
);

CREATE TABLE operation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	label TEXT NOT NULL,
	who TEXT NOT NULL,
	at VARCHAR NOT NULL,
	interview_id INTEGER,
	undoes INTEGER,
	redoes INTEGER,
	is_undone BOOLEAN NOT NULL,
	CONSTRAINT fk_operation_redoes_operation FOREIGN KEY(redoes) REFERENCES operation (id),
	CONSTRAINT fk_operation_undoes_operation FOREIGN KEY(undoes) REFERENCES operation (id),
	CONSTRAINT uq_operation_uuid UNIQUE (uuid)
);

CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	public_name TEXT NOT NULL,
	sort_name TEXT NOT NULL,
	biography TEXT NOT NULL,
	authority TEXT NOT NULL,
	CONSTRAINT uq_person_uuid UNIQUE (uuid)
);

CREATE TABLE person_name (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	person_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	kind VARCHAR NOT NULL,
	language VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT ck_person_name_kind CHECK ("kind" IN ('real', 'variant')),
	CONSTRAINT fk_person_name_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);

CREATE TABLE place (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	names TEXT NOT NULL,
	latitude FLOAT,
	longitude FLOAT,
	exactness VARCHAR NOT NULL,
	authority TEXT NOT NULL,
	CONSTRAINT ck_place_exactness CHECK ("exactness" IN ('', 'exact', 'town', 'region', 'country')),
	CONSTRAINT ck_place_both_or_neither CHECK ((latitude IS NULL) = (longitude IS NULL)),
	CONSTRAINT ck_place_latitude CHECK (latitude BETWEEN -90 AND 90),
	CONSTRAINT ck_place_longitude CHECK (longitude BETWEEN -180 AND 180),
	CONSTRAINT uq_place_uuid UNIQUE (uuid)
);

CREATE TABLE recording (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	interview_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	offset_ms INTEGER NOT NULL,
	original_name TEXT NOT NULL,
	vault_path TEXT NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	size_bytes INTEGER NOT NULL,
	duration_ms INTEGER,
	container VARCHAR NOT NULL,
	codec VARCHAR NOT NULL,
	sample_rate_hz INTEGER,
	channels INTEGER,
	bit_depth INTEGER,
	has_video BOOLEAN NOT NULL,
	recorded_at VARCHAR NOT NULL,
	device TEXT NOT NULL,
	embedded_tags TEXT NOT NULL,
	CONSTRAINT ck_recording_duration_ms CHECK (duration_ms >= 0),
	CONSTRAINT ck_recording_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT ck_recording_size_bytes CHECK (size_bytes >= 0),
	CONSTRAINT fk_recording_interview_id_interview FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT uq_recording_uuid UNIQUE (uuid)
);

CREATE TABLE restriction (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	interview_id INTEGER NOT NULL,
	shut_out VARCHAR NOT NULL,
	layer VARCHAR,
	transcript_id INTEGER,
	start_turn INTEGER,
	start INTEGER,
	end_turn INTEGER,
	"end" INTEGER,
	quote TEXT NOT NULL,
	is_orphan BOOLEAN NOT NULL,
	until VARCHAR,
	opens_by_itself BOOLEAN NOT NULL,
	reason TEXT NOT NULL,
	review_on VARCHAR,
	living_start_turn INTEGER GENERATED ALWAYS AS (CASE WHEN is_orphan THEN NULL ELSE start_turn END) STORED,
	living_end_turn INTEGER GENERATED ALWAYS AS (CASE WHEN is_orphan THEN NULL ELSE end_turn END) STORED,
	CONSTRAINT ck_restriction_layer CHECK ("layer" IS NULL OR "layer" IN ('listing', 'description', 'index', 'transcript', 'recording')),
	CONSTRAINT ck_restriction_shut_out CHECK ("shut_out" IN ('public', 'reading-room', 'staff')),
	CONSTRAINT ck_restriction_layer_or_span CHECK ((layer IS NULL) <> (transcript_id IS NULL)),
	CONSTRAINT ck_restriction_whole_span CHECK ((transcript_id IS NULL) = (start_turn IS NULL) AND (start_turn IS NULL) = (start IS NULL) AND (start IS NULL) = (end_turn IS NULL) AND (end_turn IS NULL) = ("end" IS NULL)),
	CONSTRAINT ck_restriction_span CHECK (start IS NULL OR is_orphan OR start >= 0 AND "end" >= 0 AND (start_turn <> end_turn OR start < "end")),
	CONSTRAINT fk_restriction_interview_id_interview FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT fk_restriction_living_end_turn_turn FOREIGN KEY(living_end_turn) REFERENCES turn (id),
	CONSTRAINT fk_restriction_living_start_turn_turn FOREIGN KEY(living_start_turn) REFERENCES turn (id),
	CONSTRAINT fk_restriction_transcript_id_transcript FOREIGN KEY(transcript_id) REFERENCES transcript (id) ON DELETE CASCADE,
	CONSTRAINT uq_restriction_uuid UNIQUE (uuid)
);

CREATE TABLE saved_search (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	name TEXT NOT NULL,
	"query" TEXT NOT NULL,
	CONSTRAINT uq_saved_search_uuid UNIQUE (uuid)
);

CREATE TABLE setting (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	"key" VARCHAR NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT uq_setting_key UNIQUE ("key")
);

CREATE TABLE source_file (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	interview_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	format VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	losses TEXT NOT NULL,
	who TEXT NOT NULL,
	made_at VARCHAR,
	CONSTRAINT fk_source_file_interview_id_interview FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT uq_source_file_uuid UNIQUE (uuid)
);

CREATE TABLE tag (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	vocabulary_id INTEGER NOT NULL,
	parent_id INTEGER,
	names TEXT NOT NULL,
	definition TEXT NOT NULL,
	colour VARCHAR NOT NULL,
	links TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT ck_tag_not_in_itself CHECK (parent_id <> id),
	CONSTRAINT fk_tag_parent_id_tag FOREIGN KEY(parent_id) REFERENCES tag (id),
	CONSTRAINT fk_tag_vocabulary_id_vocabulary FOREIGN KEY(vocabulary_id) REFERENCES vocabulary (id),
	CONSTRAINT uq_tag_uuid UNIQUE (uuid)
);

CREATE TABLE tagging (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	tag_id INTEGER NOT NULL,
	transcript_id INTEGER NOT NULL,
	start_turn INTEGER NOT NULL,
	start INTEGER NOT NULL,
	end_turn INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	quote TEXT NOT NULL,
	"before" TEXT NOT NULL,
	"after" TEXT NOT NULL,
	is_orphan BOOLEAN NOT NULL,
	who TEXT NOT NULL,
	made_at VARCHAR,
	memo TEXT NOT NULL,
	living_start_turn INTEGER GENERATED ALWAYS AS (CASE WHEN is_orphan THEN NULL ELSE start_turn END) STORED,
	living_end_turn INTEGER GENERATED ALWAYS AS (CASE WHEN is_orphan THEN NULL ELSE end_turn END) STORED,
	CONSTRAINT ck_tagging_span CHECK (is_orphan OR start >= 0 AND "end" >= 0 AND (start_turn <> end_turn OR start < "end")),
	CONSTRAINT fk_tagging_living_end_turn_turn FOREIGN KEY(living_end_turn) REFERENCES turn (id),
	CONSTRAINT fk_tagging_living_start_turn_turn FOREIGN KEY(living_start_turn) REFERENCES turn (id),
	CONSTRAINT fk_tagging_tag_id_tag FOREIGN KEY(tag_id) REFERENCES tag (id) ON DELETE CASCADE,
	CONSTRAINT fk_tagging_transcript_id_transcript FOREIGN KEY(transcript_id) REFERENCES transcript (id) ON DELETE CASCADE,
	CONSTRAINT uq_tagging_uuid UNIQUE (uuid)
);

CREATE TABLE transcript (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	interview_id INTEGER NOT NULL,
	language VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	is_language_guessed BOOLEAN NOT NULL,
	source TEXT NOT NULL,
	style TEXT NOT NULL,
	narrator_reviewed BOOLEAN NOT NULL,
	CONSTRAINT ck_transcript_kind CHECK ("kind" IN ('verbatim', 'edited', 'translation')),
	CONSTRAINT fk_transcript_interview_id_interview FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE,
	CONSTRAINT uq_transcript_uuid UNIQUE (uuid)
);

CREATE TABLE turn (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	transcript_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	speaker_id INTEGER,
	speaker_label TEXT NOT NULL,
	recording_id INTEGER,
	start_ms INTEGER,
	end_ms INTEGER,
	text TEXT NOT NULL,
	timed TEXT NOT NULL,
	is_time_estimated BOOLEAN NOT NULL,
	CONSTRAINT ck_turn_times CHECK (start_ms <= end_ms),
	CONSTRAINT ck_turn_start_ms CHECK (start_ms >= 0),
	CONSTRAINT fk_turn_recording_id_recording FOREIGN KEY(recording_id) REFERENCES recording (id) ON DELETE SET NULL,
	CONSTRAINT fk_turn_speaker_id_person FOREIGN KEY(speaker_id) REFERENCES person (id),
	CONSTRAINT fk_turn_transcript_id_transcript FOREIGN KEY(transcript_id) REFERENCES transcript (id) ON DELETE CASCADE,
	CONSTRAINT uq_turn_uuid UNIQUE (uuid)
);

CREATE TABLE vocabulary (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	uuid VARCHAR(36) NOT NULL,
	names TEXT NOT NULL,
	description TEXT NOT NULL,
	links TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT uq_vocabulary_uuid UNIQUE (uuid)
);

CREATE INDEX ix_collection_parent_id ON collection (parent_id);

CREATE INDEX ix_consent_interview_id ON consent (interview_id);

CREATE INDEX ix_consent_person_id ON consent (person_id);

CREATE INDEX ix_contribution_interview_id ON contribution (interview_id);

CREATE INDEX ix_contribution_person_id ON contribution (person_id);

CREATE INDEX ix_dossier_export_dossier_id ON dossier_export (dossier_id);

CREATE INDEX ix_dossier_item_dossier_id ON dossier_item (dossier_id);

CREATE INDEX ix_dossier_item_index_point_id ON dossier_item (index_point_id);

CREATE INDEX ix_dossier_item_interview_id ON dossier_item (interview_id);

CREATE INDEX ix_dossier_item_transcript_id ON dossier_item (transcript_id);

CREATE INDEX ix_footnote_turn_id ON footnote (turn_id);

CREATE INDEX ix_index_point_interview_id ON index_point (interview_id);

CREATE INDEX ix_index_point_place_id ON index_point (place_id);

CREATE INDEX ix_interview_collection_id ON interview (collection_id);

CREATE INDEX ix_interview_place_id ON interview (place_id);

CREATE INDEX ix_journal_operation_id ON journal (operation_id);

CREATE INDEX ix_journal_table_name_row_id_id ON journal (table_name, row_id, id);

CREATE INDEX ix_note_table_row_id ON note ("table", row_id);

CREATE INDEX ix_operation_interview_id ON operation (interview_id);

CREATE INDEX ix_operation_redoes ON operation (redoes);

CREATE INDEX ix_operation_undoes ON operation (undoes);

CREATE INDEX ix_person_name_person_id ON person_name (person_id);

CREATE INDEX ix_recording_interview_id ON recording (interview_id);

CREATE INDEX ix_recording_sha256 ON recording (sha256);

CREATE INDEX ix_restriction_interview_id ON restriction (interview_id);

CREATE INDEX ix_restriction_living_end_turn ON restriction (living_end_turn);

CREATE INDEX ix_restriction_living_start_turn ON restriction (living_start_turn);

CREATE INDEX ix_restriction_transcript_id ON restriction (transcript_id);

CREATE INDEX ix_source_file_interview_id ON source_file (interview_id);

CREATE INDEX ix_source_file_sha256 ON source_file (sha256);

CREATE INDEX ix_tag_parent_id ON tag (parent_id);

CREATE INDEX ix_tag_vocabulary_id ON tag (vocabulary_id);

CREATE INDEX ix_tagging_living_end_turn ON tagging (living_end_turn);

CREATE INDEX ix_tagging_living_start_turn ON tagging (living_start_turn);

CREATE INDEX ix_tagging_tag_id ON tagging (tag_id);

CREATE INDEX ix_tagging_transcript_id ON tagging (transcript_id);

CREATE INDEX ix_transcript_interview_id ON transcript (interview_id);

CREATE INDEX ix_turn_recording_id ON turn (recording_id);

CREATE INDEX ix_turn_speaker_id ON turn (speaker_id);

CREATE INDEX ix_turn_transcript_id_position ON turn (transcript_id, position);

INSERT INTO alembic_version VALUES ('0003');
