-- The rows of a made-up ledger: a view made_TABLE for each table that has some. Sizes and words come as variables.

CREATE MACRO chance(n, salt) AS (hash(n, salt) % 1000003) / 1000003.0;
CREATE MACRO word(n, salt) AS getvariable('words')[1 + (len(getvariable('words')) * pow(chance(n, salt), 3))::INTEGER];
CREATE MACRO sentence(n, salt, most) AS array_to_string([word(n, salt || i) FOR i IN range(5 + (most * chance(n, salt))::INTEGER)], ' ');
CREATE MACRO id(letter, n) AS letter || substr(md5(letter || n), 1, 14);
CREATE MACRO one_of(n, salt, list) AS list[1 + (len(list) * chance(n, salt))::INTEGER % len(list)];
CREATE MACRO evidence(rule) AS [{'by': rule, 'saw': 'made', 'score': 0.8}];
CREATE MACRO span(first, length) AS {'start': first::INTEGER, 'end': (first + length)::INTEGER};
CREATE MACRO name_of(actor) AS one_of(actor, 'first', ['Anne', 'Paul', 'Nadia', 'Jean', 'Ousmane', 'Éric', 'Lucie', 'Inès']) || ' ' || upper(word(actor, 'a')[1]) || word(actor, 'a')[2:] || word(actor, 'b');
CREATE MACRO day(article) AS DATE '2020-01-01' + (article // getvariable('a_day'))::INTEGER;

CREATE TABLE fillers AS SELECT n, sentence(n, 'f', 70) || '.' AS body FROM range(getvariable('fillers')) AS t(n);

CREATE TABLE saids AS
        SELECT n, n % getvariable('articles') AS article, n // getvariable('articles') AS position, (pow(chance(n, 'who'), 3) * getvariable('actors'))::INTEGER AS actor,
            name_of((pow(chance(n, 'who'), 3) * getvariable('actors'))::INTEGER) AS name, sentence(n, 'c', 18) AS content,
            one_of(n, 'cue', ['a déclaré', 'a affirmé', 'estime', 'a assuré']) AS cue, chance(n, 'direct') < 0.6 AS direct,
            (chance(n, 'filler') * getvariable('fillers'))::INTEGER % getvariable('fillers') AS filler
        FROM range(getvariable('statements')) AS t(n);

CREATE TABLE units AS
        SELECT s.*, f.body AS filler_text, length(f.body) + 2 AS before,
            CASE WHEN direct THEN '« ' || content || ' », ' || cue || ' ' || name || '.'
                ELSE name || ' ' || cue || ' que ' || content || '.' END AS body,
            CASE WHEN direct THEN 2 ELSE length(name) + length(cue) + 6 END AS content_at,
            CASE WHEN direct THEN length(content) + 6 ELSE length(name) + 1 END AS cue_at,
            CASE WHEN direct THEN length(content) + length(cue) + 7 ELSE 0 END AS name_at
        FROM saids AS s JOIN fillers AS f ON f.n = s.filler;

CREATE TABLE placed AS
        SELECT u.*, t.title, length(t.title) + 2 + coalesce(sum(before + length(body) + 2) OVER (
            PARTITION BY article ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::INTEGER AS start
        FROM units AS u JOIN (SELECT n, sentence(n, 't', 8) AS title FROM range(getvariable('articles')) AS r(n)) AS t ON t.n = u.article;

CREATE TABLE groups AS
        SELECT n, (n // 10) * 10 + [0, 0, 0, 3, 3, 5, 6, 7, 8, 9][1 + n % 10] AS first FROM range(getvariable('statements')) AS t(n);

CREATE VIEW made_documents AS
        SELECT 'made/' || lpad(n::VARCHAR, 8, '0') || '.txt' AS place, md5(n::VARCHAR) AS digest, 'made' AS recipe, 'article' AS outcome, id('a', n) AS article
        FROM range(getvariable('articles')) AS t(n);

CREATE VIEW made_articles AS
        SELECT id('a', article) AS id, 'made/' || lpad(article::VARCHAR, 8, '0') || '.txt' AS place, 'Journal ' || (article % 400) AS outlet,
            any_value(title) AS title, 'https://journal.example/' || article AS url, day(article) AS published_first, day(article) AS published_last, 'day' AS published_precision, 'made' AS published_evidence,
            CASE WHEN article % 10 < 7 THEN 'fr' ELSE 'en' END AS language,
            any_value(title) || chr(10) || chr(10)
                || string_agg(filler_text || chr(10) || chr(10) || body, chr(10) || chr(10) ORDER BY position) AS text,
            [] AS boilerplate, [] AS notes, [] AS layout
        FROM placed GROUP BY article;

CREATE VIEW made_passages AS
        SELECT id('a', n) AS article, 0 AS position, 'headline' AS kind, span(0, length(title)) AS span,
            [span(0, length(title))] AS sentences, n AS number FROM (SELECT DISTINCT article AS n, title FROM placed)
        UNION ALL SELECT id('a', article), 1 + 2 * position, 'paragraph', span(start, before - 2), [span(start, before - 2)], article
        FROM placed
        UNION ALL SELECT id('a', article), 2 + 2 * position, 'paragraph', span(start + before, length(body)),
            [span(start + before, length(body))], article FROM placed;

CREATE VIEW made_statements AS
        SELECT id('s', n) AS id, id('a', article) AS article, position, name AS speaker, 'person' AS speaker_kind,
            'ministre' AS speaker_role, [name] AS speaker_names, span(start + before + name_at, length(name)) AS speaker_mention,
            name AS source, cue, content, CASE WHEN direct THEN 'direct' ELSE 'indirect' END AS kind, 'clause' AS form,
            day(article) AS said_on_first, day(article) AS said_on_last, 'day' AS said_on_precision, 'made' AS said_on_evidence, 0.3 + 0.7 * chance(n, 'sure') AS confidence,
            span(start + before, length(body)) AS span, [span(start + before + name_at, length(name))] AS source_spans,
            [span(start + before + cue_at, length(cue))] AS cue_spans,
            [span(start + before + content_at, length(content))] AS content_spans, evidence('speaker: name') AS evidence,
            id('q', n) AS quotation, 0.9 AS quotation_confidence, evidence('cue') AS quotation_evidence, article AS number
        FROM placed;

CREATE VIEW made_rejected AS
        SELECT id('a', article) AS article, position, span(start, 20) AS span, 'no cue' AS reason, article AS number
        FROM placed WHERE n % 2 = 0;

CREATE VIEW made_actors AS
        SELECT id('p', n) AS id, name_of(n) AS name, 'person' AS kind, '' AS organisation, said.number::INTEGER AS statements,
            said.number::INTEGER AS articles, DATE '2020-01-01' AS first_seen, DATE '2022-01-01' AS last_seen,
            [{'wording': name_of(n), 'articles': 3, 'key': lower(name_of(n))}] AS names,
            [{'name': 'ministre', 'articles': 3, 'first_seen': DATE '2020-01-01', 'last_seen': DATE '2022-01-01'}] AS roles,
            evidence('name') AS evidence
        FROM (SELECT actor AS n, count(*) AS number FROM saids GROUP BY actor) AS said;

CREATE VIEW made_actor_statements AS SELECT id('s', n) AS statement, id('p', actor) AS actor, evidence('name') AS evidence FROM saids;

CREATE VIEW made_utterances AS
        SELECT id('u', first) AS id, count(*)::INTEGER AS witnesses, count(*)::INTEGER AS articles, ['fr'] AS languages,
            id('s', first) AS first_statement, day(min(s.article)) AS first_published, day(max(s.article)) AS last_published,
            any_value(s.name) AS speaker, id('p', any_value(s.actor)) AS actor, any_value(s.content) AS content,
            CASE WHEN first % 50 = 0 THEN id('r', first // 500) END AS repeated
        FROM groups JOIN saids AS s USING (n) GROUP BY first;

CREATE VIEW made_witnesses AS
        SELECT id('u', first) AS utterance, (n - first)::INTEGER AS position, id('s', n) AS statement, 0.9 AS confidence,
            evidence('pairs') AS evidence FROM groups;

CREATE VIEW made_propositions AS
        SELECT 'prop' || n AS proposition, n::INTEGER AS position, sentence(n, 'p', 8) AS text, 'fr' AS language,
            n >= 30 AS suggested, 100 AS holds, 50 AS denies, 20 AS open FROM range(getvariable('propositions')) AS t(n);

CREATE VIEW made_positions AS
        SELECT id('s', n) AS statement, 'prop' || (hash(n) % getvariable('propositions')) AS proposition, (hash(n, 2) % 3)::INTEGER - 1 AS agreement,
            0.5 + chance(n, 'stand') / 2 AS confidence, n % 1000 = 0 AS decided, evidence('words') AS evidence
        FROM range(0, getvariable('statements'), 5) AS t(n);

CREATE VIEW made_contradictions AS
        SELECT id('k', n) AS id, one_of(n, 'k', ['conflict', 'dissent', 'change']) AS kind, 'prop' || (n % getvariable('propositions')) AS proposition,
            id('s', n) AS first, id('s', n + 5) AS second, 0.5 + chance(n, 'x') / 2 AS confidence, evidence('opposed') AS evidence
        FROM range(0, getvariable('statements') - 5, 200) AS t(n);

CREATE VIEW made_copies AS
        SELECT id('c', n) AS id, (n // 10)::INTEGER AS position, id('a', n + 1) AS derived, id('a', n) AS origin,
            one_of(n, 'c', ['full', 'partial', 'translated', 'common source']) AS kind, 0.9 AS score, 0.8 AS direction,
            '' AS wire, '' AS through, [{'derived': span(0, 90), 'origin': span(0, 90), 'likeness': 0.95}] AS passages,
            evidence('shared words') AS evidence, evidence('dates') AS earliest
        FROM range(0, getvariable('articles') - 1, 10) AS t(n);
