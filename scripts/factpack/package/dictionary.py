"""The dictionary: what a package says of itself, as tables like its others, for forms that carry no descriptor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from factpack.package.package import Package
from factpack.package.table import Field, Link, Table
from factpack.table.encode import csv_lines

PACKAGE, TABLES, COLUMNS, LABELS = "_package", "_tables", "_columns", "_labels"
"""Their names; no table of records begins with a low line."""


def _field(name: str, type: str, zh: str, en: str, zh_said: str, en_said: str) -> Field:
    return Field(name, type, {"zh": zh, "en": en}, {"zh": zh_said, "en": en_said}, False, "default", {})


_TITLES = (
    _field("title_zh", "string", "题名（中文）", "Title (Chinese)", "中文题名。", "Its title in Chinese."),
    _field("title_en", "string", "题名（英文）", "Title (English)", "英文题名。", "Its title in English."),
    _field(
        "description_zh", "string", "说明（中文）", "Description (Chinese)", "中文说明。", "What it is, in Chinese."
    ),
    _field(
        "description_en", "string", "说明（英文）", "Description (English)", "英文说明。", "What it is, in English."
    ),
)
_TABLE = _field("table", "string", "表", "Table", "表名。", "Name of the table.")
_FIELDS = {
    PACKAGE: (
        _field("name", "string", "名称", "Name", "数据包名称。", "Name of the package."),
        *_TITLES,
        _field("version", "string", "版本", "Version", "数据版本。", "Version of the data."),
        _field("created", "string", "日期", "Date", "该版本的制作时间。", "When the version was made."),
        _field("licence", "string", "许可", "Licence", "数据的许可。", "Licence of the data."),
        _field("licence_url", "string", "许可全文", "Text of the licence", "许可的网址。", "Address of the licence."),
        _field("homepage", "string", "网址", "Address", "数据的主页。", "Home page of the data."),
    ),
    TABLES: (
        _field("name", "string", "表", "Table", "表名。", "Name of the table."),
        _field("position", "integer", "序号", "Position", "在包中的次序。", "Its place in the package, from 1."),
        *_TITLES,
        _field("key", "string", "主键", "Primary key", "主键各列。", "Columns of the primary key."),
        _field("rows", "integer", "行数", "Rows", "行数。", "How many rows it has."),
    ),
    COLUMNS: (
        _TABLE,
        _field("column", "string", "列", "Column", "列名。", "Name of the column."),
        _field("position", "integer", "序号", "Position", "在表中的次序。", "Its place in the table, from 1."),
        _field("type", "string", "类型", "Type", "数据类型（Table Schema）。", "Its type, as Table Schema calls it."),
        *_TITLES,
        _field("vocabulary", "string", "取值", "Vocabulary", "可取的值及其标签。", "Values it may have, with labels."),
        _field("key", "boolean", "主键", "Primary key", "是否属于主键。", "Whether it belongs to the primary key."),
        _field("reference", "string", "引用", "Reference", "所引用的表和列。", "Table and column that it points to."),
    ),
    LABELS: (
        _TABLE,
        _field("column", "string", "列", "Column", "列名。", "Name of the column."),
        _field("value", "string", "值", "Value", "数据中的值。", "Value as it stands in the data."),
        _field("position", "integer", "序号", "Position", "在词表中的次序。", "Its place in the vocabulary, from 1."),
        _field("label_zh", "string", "标签（中文）", "Label (Chinese)", "中文标签。", "Its label in Chinese."),
        _field("label_en", "string", "标签（英文）", "Label (English)", "英文标签。", "Its label in English."),
    ),
}
_KEYS = {PACKAGE: ("name",), TABLES: ("name",), COLUMNS: ("table", "column"), LABELS: ("table", "column", "value")}
_TEXTS = {
    PACKAGE: ("数据包", "Package", "数据包本身。", "The package itself."),
    TABLES: ("表", "Tables", "每表一行。", "A row for each table."),
    COLUMNS: ("数据字典", "Data dictionary", "每列一行。", "A row for each column of each table."),
    LABELS: ("标签", "Labels", "词表中的每个值一行。", "A row for each value of each vocabulary."),
}


def dictionary(package: Package) -> Mapping[str, Table]:
    """Return the tables that describe a package, by name: `_package`, `_tables`, `_columns` and `_labels`."""
    rows: dict[str, list[tuple[object, ...]]] = {
        TABLES: [_table(at, table) for at, table in enumerate(package.tables.values(), 1)],
        COLUMNS: [
            _column(at, field, table) for table in package.tables.values() for at, field in enumerate(table.fields, 1)
        ],
        LABELS: [
            (table.name, field.name, value, at, label["zh"], label["en"])
            for table in package.tables.values()
            for field in table.fields
            for at, (value, label) in enumerate(field.labels.items(), 1)
        ],
    }
    return {PACKAGE: about(package), **{name: _made(name, each) for name, each in rows.items()}}


def about(package: Package) -> Table:
    """Return the table `_package`, of one row."""
    return _made(PACKAGE, [_package(package)])


def _made(name: str, rows: Iterable[tuple[object, ...]]) -> Table:
    fields = _FIELDS[name]
    zh, en, zh_said, en_said = _TEXTS[name]
    links = tuple(Link("table", TABLES, "name") for field in fields if field is _TABLE)
    raw = csv_lines([[field.name for field in fields], *rows])
    return Table(name, "", {"zh": zh, "en": en}, {"zh": zh_said, "en": en_said}, fields, _KEYS[name], links, raw)


def _package(package: Package) -> tuple[object, ...]:
    title, description = package.title, package.description
    licence = package.licence
    return (
        package.name,
        *(title["zh"], title["en"], description["zh"], description["en"]),
        package.version,
        package.descriptor["created"],
        licence.get("title", licence.get("name")),
        licence.get("path"),
        package.homepage or None,
    )


def _table(at: int, table: Table) -> tuple[object, ...]:
    title, description = table.title, table.description
    texts = (title["zh"], title["en"], description["zh"], description["en"])
    return (table.name, at, *texts, ", ".join(table.key), sum(1 for _ in table.rows()))


def _column(at: int, field: Field, table: Table) -> tuple[object, ...]:
    title, description = field.title, field.description
    texts = (title["zh"], title["en"], description["zh"], description["en"])
    reference = next((f"{link.table}.{link.target}" for link in table.links if link.field == field.name), None)
    return (
        table.name,
        field.name,
        at,
        field.type,
        *texts,
        field.vocabulary or None,
        field.name in table.key,
        reference,
    )
