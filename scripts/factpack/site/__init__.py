"""The site: the package as pages that people search, read, check and cite, for any static host and from a folder."""
