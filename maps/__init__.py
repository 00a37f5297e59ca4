"""All that is drawn or exported: folium layers, the standalone page, GIS files."""
